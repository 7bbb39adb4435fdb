"""How surnames are read that a dictionary of words reads otherwise: the usual reading first."""

from __future__ import annotations

_ONE = """
曾zeng1,ceng2 单shan4,dan1,chan2 仇qiu2,chou2 解xie4,jie3 查zha1,cha2 区ou1,qu1
朴piao2,pu3,po4 覃qin2,tan2 翟zhai2,di2 盖ge3,gai4 任ren2,ren4 华hua4,hua2 宁ning4,ning2
尉wei4,yu4 缪miao4,mou2 乐yue4,le4 员yun4,yuan2 贠yun2,yun4 么yao1,me5 黑he4,hei1 秘bi4,mi4
繁po2,fan2 冼xian3 洗xian3,xi3 召shao4,zhao4 折she2,zhe2 那na1,nuo2,na4 哈ha3,ha1 纪ji3,ji4
葛ge3,ge2 过guo1,guo4 应ying1,ying4 相xiang4,xiang1 都du1,dou1 干gan1,gan4 谌chen2,shen4
燕yan1,yan4 牟mou2,mu4 宓mi4,fu2 佴nai4,er4 郗xi1,chi1 郇xun2,huan2 郄qie4,xi4 逄pang2 逯lu4
隗wei3,kui2 盛sheng4,cheng2 薄bo2,bao2 柏bai3,bo2 卜bu3,bo5 种chong2,zhong3 宿su4,xiu3
祭zhai4,ji4 鲜xian1 句gou1,ju4 幺yao1 芮rui4 隽juan4,jun4 臧zang1 曲qu1,qu3 强qiang2,jiang4
车che1,ju1 便pian2,bian4 撒sa3,sa1 呙guo1 阚kan4 瞿qu2 佘she2 厍she4 庹tuo3 昝zan3 訾zi1,zi3 笪da2
蒯kuai3 莘shen1,xin1 谷gu3,yu4 能nai4,neng2 适kuo4,shi4 晟cheng2,sheng4 朝chao2,zhao1 晁chao2
钭tou3 竺zhu2 褟ta1 眭sui1 糜mi2 乜nie4,mie1 亓qi2 仉zhang3 仝tong2 颉xie2,jie2 於yu1 郜gao4 郏jia2
郅zhi4 郤xi4 缑gou1 逢pang2,feng2 占zhan1,zhan4 肖xiao1,xiao4 参shen1,can1 少shao4,shao3
观guan4,guan1 不fou1,bu4 角jue2,jiao3 台tai2 粘nian2,zhan1 冒mao4,mo4 俱ju1,ju4 舍she4,she3
番pan1,fan1 蔚yu4,wei4 贲ben1,bi4 行xing2,hang2 长zhang3,chang2 重chong2,zhong4 石shi2,dan4
沈shen3 褚chu3,zhu3 殷yin1 费fei4,bi4 邸di3 尹yin3 蕃fan2,bo1 涂tu2 闫yan2 靳jin4 桑sang1 戚qi1
奇qi2,ji1 载zai4,zai3 教jiao4 冉ran3 万wan4,mo4 丌qi2 弗fu2 妫gui1 郝hao3 晏yan4 邵shao4 咸xian2
俞yu2,shu4 余yu2 喻yu4 尧yao2 娄lou2 楼lou2 禚zhuo2 卓zhuo2 庾yu3 麴qu1 麹qu1 夏xia4 贾jia3,gu3
降jiang4,xiang2 藏zang1,cang2 弹tan2,dan4 的di2,de5 和he2,huo4 号hao2,hao4
"""
_TWO = """
尉迟yu4.chi2 万俟mo4.qi2 澹台tan2.tai2 令狐ling2.hu2 长孙zhang3.sun1 单于chan2.yu2 鲜于xian1.yu2
乐正yue4.zheng4 夏侯xia4.hou2 皇甫huang2.fu3 宰父zai3.fu3 夹谷jia2.gu3 拓跋tuo4.ba2 亓官qi2.guan1
诸葛zhu1.ge3 欧阳ou1.yang2 上官shang4.guan1 司马si1.ma3 司徒si1.tu2 司空si1.kong1 公孙gong1.sun1
公冶gong1.ye3 公羊gong1.yang2 公西gong1.xi1 轩辕xuan1.yuan2 钟离zhong1.li2 宇文yu3.wen2
慕容mu4.rong2 端木duan1.mu4 南宫nan2.gong1 东方dong1.fang1 东郭dong1.guo1 西门xi1.men2
百里bai3.li3 呼延hu1.yan2 独孤du2.gu1 赫连he4.lian2 濮阳pu2.yang2 淳于chun2.yu2 申屠shen1.tu2
叔孙shu1.sun1 仲孙zhong4.sun1 闾丘lv2.qiu1 梁丘liang2.qiu1 左丘zuo3.qiu1 太叔tai4.shu1
闻人wen2.ren2 完颜wan2.yan2 纳兰na4.lan2 耶律ye1.lv4 谷梁gu3.liang2 巫马wu1.ma3 漆雕qi1.diao1
颛孙zhuan1.sun1 第五di4.wu3 哥舒ge1.shu1 呼和hu1.he2 乌孙wu1.sun1 相里xiang4.li3 西陵xi1.ling2
"""

READINGS: dict[str, tuple[str, ...]] = {
    entry[0]: tuple(entry[1:].split(",")) for entry in _ONE.split()
} | {entry[:2]: (entry[2:].replace(".", " "),) for entry in _TWO.split()}
"""Readings by surname, with tones in figures; syllables of a double surname stand apart."""


def surname_of(name: str) -> str:
    """The surname of a name written in Han characters, a double one where the table has it."""
    return name[:2] if len(name) > 2 and name[:2] in READINGS else name[:1]
